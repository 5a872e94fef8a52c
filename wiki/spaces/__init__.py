"""Spaces: the rooms of expert groups, boards, projects, municipalities and the network itself."""
