"""What draws the stand-in of each data set: VERSION and write(root), found by the set's name."""
