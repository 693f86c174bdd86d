namespace Halley.Sources.Reading;

/// <summary>A column whose type says number must be read as text.</summary>
sealed class GuessRefuted(string column) : Exception
{
    public string Column { get; } = column;
}
