"""The machine: the bill of materials as a flow from cotton to round, as a picture and as it moves."""
