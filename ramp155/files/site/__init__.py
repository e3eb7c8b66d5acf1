"""The product as static files for any file server: embeds, plants, statements, glossary, data; nothing runs behind them."""
