namespace Halley.Statistics;

/// <summary>Area under a Lorenz curve, from rows that come tie by tie in rising order of what ranks them.</summary>
public struct LorenzSums
{
    double _exposure;
    double _actual;
    double _twiceArea;

    /// <summary>Adds all rows of the next higher score: a straight line of the curve.</summary>
    /// <param name="exposure">Their total, at least 0.</param>
    /// <param name="actual">Their observed total, at least 0.</param>
    public void Add(double exposure, double actual)
    {
        _twiceArea += exposure * (2 * _actual + actual);
        _exposure += exposure;
        _actual += actual;
    }

    /// <summary>1 − 2·area; divided by that of the ranking by the actual rate it is the normalised Gini.</summary>
    public readonly double Gini => 1 - _twiceArea / (_exposure * _actual);
}
