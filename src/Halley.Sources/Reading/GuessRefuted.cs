namespace Halley.Sources.Reading;

/// <summary>A column that looked like something else in the file's first rows must be read as text.</summary>
sealed class GuessRefuted(string column) : Exception
{
    public string Column { get; } = column;
}
