using Halley.Data;

namespace Halley.Registry;

/// <summary>The rule for names of models, decisions, environments and aliases: they stand in addresses, files and commands.</summary>
public static class RegistryName
{
    const int MaximumLength = 100;

    /// <summary>1 to 100 of a-z, A-Z, 0-9, '-', '_', '.', the first a letter or a digit.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > MaximumLength || !char.IsAsciiLetterOrDigit(name[0]))
            return false;
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'))
                return false;
        }
        return true;
    }

    /// <exception cref="HalleyException">HLY5108: the name breaks the rule.</exception>
    internal static string Check(string name, string what) =>
        IsValid(name)
            ? name
            : throw new HalleyException(
                "HLY5108",
                $"'{name}' cannot name {what}: use 1 to {MaximumLength} letters, digits, '-', '_' or '.', starting with a letter or a digit."
            );
}
