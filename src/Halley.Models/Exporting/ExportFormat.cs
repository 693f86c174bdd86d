namespace Halley.Models;

/// <summary>What a model can be written as for other programs to score.</summary>
public enum ExportFormat
{
    /// <summary>ONNX with doubles (ai.onnx.ml 5).</summary>
    Onnx,

    /// <summary>LightGBM's text.</summary>
    LightGbm,
}
