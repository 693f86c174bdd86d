namespace Halley.Data.Expressions;

/// <summary>Words that can't be names unless written between backquotes.</summary>
static class ReservedWords
{
    public static bool Contains(string word) => word is "and" or "or" or "not" or "in" or "true" or "false" or "missing";
}
