"""NumPy array types by dtype, for annotations."""

from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I8 = NDArray[np.int8]
I16 = NDArray[np.int16]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
U8 = NDArray[np.uint8]
U16 = NDArray[np.uint16]
U64 = NDArray[np.uint64]
Flags = NDArray[np.bool_]


class ArrayDimensions:
    """Marks an integer array of a record with its number of dimensions: JSON has nested lists."""

    def __init__(self, kind: type[np.integer[Any]], dimensions: int) -> None:
        self._kind, self._dimensions = kind, dimensions

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        from pydantic_core import core_schema as schema

        lists: Any = schema.int_schema()
        for _ in range(self._dimensions):
            lists = schema.list_schema(lists)
        read = schema.no_info_after_validator_function(lambda x: np.array(x, self._kind), lists)
        written = schema.plain_serializer_function_ser_schema(
            lambda x: x.tolist(), return_schema=lists
        )
        return schema.json_or_python_schema(read, read, serialization=written)


#: Arrays in records of the public interface; `Parts` are per-region counts.
Numbers = Annotated[I64, ArrayDimensions(np.int64, 1)]
Spikes = Annotated[I64, ArrayDimensions(np.int64, 2)]
Parts = Annotated[U8, ArrayDimensions(np.uint8, 2)]
Raster = Annotated[U8, ArrayDimensions(np.uint8, 3)]
