namespace Halley.Boosting;

/// <summary>A tree of an ONNX ensemble.</summary>
/// <param name="Nodes">Its nodes; <see cref="OnnxTreeNode.True"/> and <see cref="OnnxTreeNode.False"/> index them.</param>
sealed record OnnxTree(OnnxTreeNode[] Nodes, int Root, string Place);
