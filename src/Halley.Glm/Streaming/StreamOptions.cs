namespace Halley.Glm;

/// <summary>Where and how rows outside memory are kept during a fit; nothing here changes a bit of the result.</summary>
public sealed record StreamOptions
{
    /// <summary>Folder of the temporary file, about two bytes a row and column of few values; it is gone after the fit. Default: the system's.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>Rows in memory at a time; null to choose by the width of the model. A multiple of 8,192 where sums are short, else of 131,072.</summary>
    internal int? ChunkRows { get; init; }
}
