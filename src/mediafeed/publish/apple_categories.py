"""The categories podcast directories know (Apple's list): others make a feed invalid."""

DEFAULT = "News"

CATEGORIES = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": ("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "History": (),
    "Health & Fitness": ("Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies", "Home & Garden", "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News", "Daily News", "Entertainment News", "News Commentary", "Politics", "Sports News", "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality",
    ),
    "Science": (
        "Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics", "Natural Sciences", "Nature",
        "Physics", "Social Sciences",
    ),
    "Society & Culture": (
        "Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships",
    ),
    "Sports": (
        "Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey", "Rugby", "Running",
        "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}  # fmt: skip

_MAIN = {main.casefold(): main for main in CATEGORIES}


def known_categories(asked: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Give (category, subcategory or "") pairs for what the list knows, the default where it knows none.

    >>> known_categories(("News > Politics", "Government", "Gardening"))
    (('News', 'Politics'), ('Government', ''))
    >>> known_categories(("Gardening",))
    (('News', ''),)
    """
    found: list[tuple[str, str]] = []
    for words in asked:
        main, _, sub = (part.strip() for part in words.partition(">"))
        if (category := _MAIN.get(main.casefold())) is None:
            continue
        under = {name.casefold(): name for name in CATEGORIES[category]}
        pair = (category, under.get(sub.casefold(), ""))
        if pair not in found:
            found.append(pair)
    return tuple(found) or ((DEFAULT, ""),)
