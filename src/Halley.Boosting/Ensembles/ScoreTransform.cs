namespace Halley.Boosting;

/// <summary>What stands between the sums of an ensemble's outputs and its one score on the link scale.</summary>
enum ScoreTransform
{
    /// <summary>The chosen output's sum.</summary>
    None,

    /// <summary>ln(p/(1 − p)) of the chosen output's share p of a softmax over all outputs; the link is the logit.</summary>
    ClassLogit,

    /// <summary>sign(s)·s²: a target that was fitted as its square root.</summary>
    SignedSquare,

    /// <summary>ln(1 + e^s).</summary>
    SoftPlus,

    /// <summary>1 where the sum is above 0, else 0.</summary>
    Step,

    /// <summary>The index of the largest output, the first among equals.</summary>
    LargestOutput,

    /// <summary>The chosen output's share of a softmax in which outputs of 0 have next to none: ONNX's SOFTMAX_ZERO.</summary>
    NonzeroShare,

    /// <summary>√2 · erf⁻¹(2s − 1) by ONNX Runtime's approximation: ONNX's PROBIT.</summary>
    InverseNormal,
}
