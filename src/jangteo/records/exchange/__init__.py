"""The one door to the outside: ask a question, tell a fact; what became of it is never guessed."""
