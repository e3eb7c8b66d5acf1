"""One picture as a page without a server behind it: drawn here, themed by the browser, its lever live."""
