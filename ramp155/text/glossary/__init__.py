"""The glossary: the words of the product, each with a sentence, what it comes to today, and where one meets it."""
