namespace Halley.Boosting;

/// <summary>When a row takes the true branch, numbered as in ai.onnx.ml 5.</summary>
enum OnnxBranch
{
    AtMost,
    Below,
    AtLeast,
    Above,
    Equal,
    NotEqual,
    Member,
    Leaf,
}
