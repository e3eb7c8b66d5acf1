"""What other people's pages show of ours: embeds, what describes them, and the tags by which a link is previewed."""
