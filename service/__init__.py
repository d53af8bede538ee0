"""明账: reads public budget disclosures into bound facts, recomputes them, and answers from them."""
