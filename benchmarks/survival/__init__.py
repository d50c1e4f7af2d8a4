"""What survives of what sources say: a merge, told fact by fact by a reader that is not ours."""
