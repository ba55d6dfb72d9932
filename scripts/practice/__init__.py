"""Practice for interviews: exercises in SQL, graded by what a query answers on two worlds."""
