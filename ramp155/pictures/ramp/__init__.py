"""One line's ramp in one wide chart: rates reported, rates promised as they were promised, our reading with
its likely range, and its steps with how late they are.
"""
