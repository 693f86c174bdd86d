namespace Halley.Models;

/// <summary>A tariff cell: rows that have the same level in every factor.</summary>
/// <param name="Levels">Factor and level.</param>
/// <param name="Model">What the model predicts for a year at risk.</param>
/// <param name="File">What the file gives for it.</param>
/// <param name="Difference">File over model, less one.</param>
/// <param name="FirstRow">Its first row in the data, from 1.</param>
public sealed record RatingCell(
    IReadOnlyList<KeyValuePair<string, string>> Levels,
    int Rows,
    double Exposure,
    double Model,
    double File,
    double Difference,
    int FirstRow
);
