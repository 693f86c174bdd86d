namespace Halley.Decisions;

/// <summary>How much of an answer is written. The same run stands behind each.</summary>
public enum AnswerDetail
{
    /// <summary>Action, outputs, reasons, and what was out of the ordinary.</summary>
    Plain,

    /// <summary>Also every step's value and every reason's contribution.</summary>
    Explained,
}
