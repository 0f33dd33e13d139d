"""The numbers of concept and association types, for the inner loops.

A member of an enumeration costs ten times what its number costs to hash and compare.
"""

from workbench.memory.concepts.records import AssociationType, ConceptType

TIME = int(ConceptType.TIME)
SPATIAL = int(ConceptType.SPATIAL)
ENTITY = int(ConceptType.ENTITY)
ACTION = int(ConceptType.ACTION)
STATE = int(ConceptType.STATE)
CONCEPT = int(ConceptType.CONCEPT)
SENSORY = int(ConceptType.SENSORY)
INTENT = int(ConceptType.INTENT)

HAPPENED_AT = int(AssociationType.HAPPENED_AT)
BEFORE = int(AssociationType.BEFORE)
AFTER = int(AssociationType.AFTER)
DURING = int(AssociationType.DURING)
CAUSED_BY = int(AssociationType.CAUSED_BY)
LEADS_TO = int(AssociationType.LEADS_TO)
ENABLES = int(AssociationType.ENABLES)
PREVENTS = int(AssociationType.PREVENTS)
CO_OCCURS = int(AssociationType.CO_OCCURS)
RELATED_TO = int(AssociationType.RELATED_TO)
SIMILAR_TO = int(AssociationType.SIMILAR_TO)
IS_A = int(AssociationType.IS_A)
HAS_PROPERTY = int(AssociationType.HAS_PROPERTY)
INVOLVES = int(AssociationType.INVOLVES)
AT_LOCATION = int(AssociationType.AT_LOCATION)
FELT = int(AssociationType.FELT)
RESOLVED_BY = int(AssociationType.RESOLVED_BY)

CONCEPT_TYPES = {int(_type): _type for _type in ConceptType}
ASSOCIATION_TYPES = {int(_type): _type for _type in AssociationType}
