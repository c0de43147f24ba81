"""The wave order with the least exposure: whole numbers in, waves and a proven bound out.

Classes move one after another, so each is a ``block`` of its own. A block's ``dual`` densities,
measured in ``prices`` of wave room, give both a floor that no plan can pass (``bound``, and
``hub_bound`` where few groups serve many) and the sequence of ``clusters`` that comes close to it.
``packing`` cuts sequences into waves, ``improve`` and ``local_search`` better them, ``exact`` proves
small blocks, ``pins`` keeps the waves asked for. ``solve`` says when which of them is used.
"""

from analyzer.plan.ordering.order import name_order, order
from analyzer.plan.ordering.problem import Effort, Order, Problem, cuts, exposure

__all__ = ["Effort", "Order", "Problem", "cuts", "exposure", "name_order", "order"]
