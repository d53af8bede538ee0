"""PDF files → documents: pages, sections, paragraphs and tables."""
