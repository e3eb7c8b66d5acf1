"""Where lines and sites stand: the rules that decide, and the answer for every month."""
