"""The wave order with the least exposure: whole numbers in, waves and a proven bound out.

Classes move one after another, so each is a block of its own (``block``). A block's dual densities
(``dual``) give both a floor that no plan can pass (``bound``) and a sequence that comes close to it
(``starts``, ``packing``, ``local_search``); small blocks are solved exactly (``exact``).
"""

from analyzer.plan.ordering.order import name_order, order
from analyzer.plan.ordering.problem import Effort, Order, Problem, cuts, exposure

__all__ = ["Effort", "Order", "Problem", "cuts", "exposure", "name_order", "order"]
