"""The pages of agents and managers, and the JSON interface of the same tickets."""
