"""How a unit is composed of those below it: edges by their weights, down to the first layer, in one picture."""
