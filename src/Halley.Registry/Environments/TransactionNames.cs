namespace Halley.Registry;

/// <summary>Transactions as requests, commands and pages write them.</summary>
public static class TransactionNames
{
    /// <summary>Every name, in the order of the transactions.</summary>
    public static IReadOnlyList<string> All { get; } = ["new_business", "renewal", "adjustment"];

    public static string Of(Transaction transaction) => All[(int)transaction];

    /// <summary>The transaction of that name, or null.</summary>
    public static Transaction? Find(string name)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i] == name)
                return (Transaction)i;
        }
        return null;
    }
}
