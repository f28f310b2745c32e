"""Who answers conflict images: networks shown pictures that lie in a folder, people and networks as published."""
