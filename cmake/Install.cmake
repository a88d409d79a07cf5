# Installation: filled in below as the pieces come.
