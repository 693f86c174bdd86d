namespace Halley.Boosting;

/// <summary>A feature's part of a <see cref="StoredColumn"/>.</summary>
/// <param name="Step">By how much the code grows with the bin.</param>
/// <param name="Count">Bins that occur: without the missing one where no row is missing.</param>
readonly record struct CodeMember(int Feature, int Step, int Count)
{
    internal int BinOf(int code) => code / Step % Count;
}
