"""Pictograms and scenes; images, speech and H5P packages come here."""
