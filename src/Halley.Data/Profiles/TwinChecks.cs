namespace Halley.Data;

/// <summary>Features that say the same under two names: one fits, the other adds only noise or a singular design.</summary>
static class TwinChecks
{
    const int MostLevels = 500;
    const int MostTold = 10;

    public static IEnumerable<DataWarning> Of(ProfiledTable table)
    {
        var told = 0;
        var features = table
            .Features.Select(column => (column.Name, Groups: Grouping.Of(column, MostLevels)))
            .Where(feature => feature.Groups is { Names.Count: > 1 })
            .ToArray();
        for (var i = 0; i < features.Length; i++)
        {
            for (var j = i + 1; j < features.Length && told < MostTold; j++)
            {
                if (!AreTwins(features[i].Groups!, features[j].Groups!))
                    continue;
                told++;
                yield return new(
                    "twin",
                    features[j].Name,
                    $"'{features[j].Name}' and '{features[i].Name}' go one to one: each level of one always meets the same level of the other. Leave one out."
                );
            }
        }
    }

    static bool AreTwins(Grouping left, Grouping right)
    {
        var (rightOf, leftOf) = (Unknown(left.Count), Unknown(right.Count));
        for (var row = 0; row < left.GroupOf.Length; row++)
        {
            ref var toRight = ref rightOf[left.GroupOf[row]];
            ref var toLeft = ref leftOf[right.GroupOf[row]];
            if (toRight < 0 && toLeft < 0)
                (toRight, toLeft) = (right.GroupOf[row], left.GroupOf[row]);
            else if (toRight != right.GroupOf[row] || toLeft != left.GroupOf[row])
                return false;
        }
        return true;
    }

    static int[] Unknown(int count)
    {
        var unknown = new int[count];
        Array.Fill(unknown, -1);
        return unknown;
    }
}
