"""How far the layers of networks see: by arithmetic, by trying, and how much of it counts."""
