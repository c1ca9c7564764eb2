"""The resources of xAPI, a file for each (1.0.3 part 3 section 2; IEEE 9274.1.1 section 4.1.6)."""
