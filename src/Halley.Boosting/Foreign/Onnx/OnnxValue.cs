namespace Halley.Boosting;

/// <summary>What an edge of an ONNX graph carries.</summary>
abstract record OnnxValue;
