namespace Halley.Boosting;

/// <summary>Element types of ONNX tensors, as the format numbers them; others are not read.</summary>
enum OnnxType
{
    None = 0,
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    Text = 8,
    Boolean = 9,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
}
