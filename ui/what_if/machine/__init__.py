"""The machine on What-if: the chain as a flow that follows the slider and a month of its own."""
