"""Sample documents of a made-up bureau: the generator, its PDFs, and what is known about them."""
