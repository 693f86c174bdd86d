namespace Halley.Decisions;

/// <summary>Where an answer comes from.</summary>
public enum AnswerSource
{
    /// <summary>The release itself.</summary>
    Release,

    /// <summary>The release that was live before, because a part of this one failed.</summary>
    PreviousRelease,

    /// <summary>The fallback's formulas.</summary>
    Table,

    /// <summary>Nothing automatic: a person decides.</summary>
    Refer,
}
