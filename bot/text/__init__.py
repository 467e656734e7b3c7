"""Reading text as people type it: normalising, fuzzy matching, names, codes, small talk, masking."""
