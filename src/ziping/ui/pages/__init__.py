"""One thin script a page; nobody imports them."""
