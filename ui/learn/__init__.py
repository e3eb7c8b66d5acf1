"""The lessons: the list, a step to read, predict, move or check, and a teacher's own file."""
