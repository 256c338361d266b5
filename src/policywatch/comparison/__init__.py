"""Two versions in, changes out: clauses aligned, words marked, signals read."""
