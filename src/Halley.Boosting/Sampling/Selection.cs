namespace Halley.Boosting;

/// <summary>Finds a value by its rank without sorting all of them.</summary>
static class Selection
{
    /// <summary>The value that <paramref name="rank"/> values, itself among them, are at least as large as.</summary>
    /// <param name="values">Put in another order.</param>
    /// <param name="rank">From 1.</param>
    internal static double Largest(Span<double> values, int rank)
    {
        var (low, high, target) = (0, values.Length - 1, values.Length - rank);
        while (low < high)
        {
            // The middle of three keeps sorted and constant input from going quadratic.
            var (first, middle, last) = (values[low], values[(low + high) / 2], values[high]);
            var pivot = Math.Max(Math.Min(first, middle), Math.Min(Math.Max(first, middle), last));
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (values[left] < pivot)
                    left++;
                while (values[right] > pivot)
                    right--;
                if (left > right)
                    break;
                (values[left], values[right]) = (values[right], values[left]);
                (left, right) = (left + 1, right - 1);
            }
            if (target <= right)
                high = right;
            else if (target >= left)
                low = left;
            else
                return values[target];
        }
        return values[target];
    }
}
