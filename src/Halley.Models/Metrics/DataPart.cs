namespace Halley.Models;

/// <summary>A part of the data.</summary>
public enum DataPart
{
    Learn,
    Validation,
    Test,
}
