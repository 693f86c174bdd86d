namespace Halley.Models;

/// <summary>What a run did.</summary>
public enum RunKind
{
    /// <summary>Fitted a model from a spec.</summary>
    Fit,

    /// <summary>Fitted several and kept the best.</summary>
    Tune,

    /// <summary>Took in a model that another program fitted.</summary>
    Import,

    /// <summary>Changed a rating table by hand.</summary>
    Edit,

    /// <summary>Made one rating table of several models.</summary>
    Combine,

    /// <summary>Fitted the leaves of boosted trees to new rows.</summary>
    Refit,
}
